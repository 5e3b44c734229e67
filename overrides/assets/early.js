(function(d){d.className="js";try{["large","contrast"].forEach(function(k){if(localStorage.getItem("qingdan."+k))d.classList.add(k)})}catch(e){}})(document.documentElement)
